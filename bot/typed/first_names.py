"""Words that settle whether a capital letter marks a name: common first names, and capitals that are no names."""

from __future__ import annotations

from bot.typed.plain_text import word_list

# First names often given in the United Kingdom that are not ordinary English words. Any other name is known only by
# where it stands.
FIRST_NAMES = frozenset(
    word_list(
        """
        aaliyah aaron abdul abdullah abigail adam adele adrian agnieszka ahmed aidan aisha alan albert alex alexander
        alexandra alfie ali alice alicia alison amanda amelia amina amir amy andrea andrew andrzej angela anna anne
        annie anthony anton antonio arjun arthur asha ashley ava ayesha barbara beatrice becky ben benjamin bethany
        beverley bilal billie bogdan brandon brenda brian bronwen callum cameron carl carly carol caroline catherine
        charles charlie charlotte chelsea chidi chloe chris christian christina christine christopher claire clara
        colin connor courtney craig damian daniel danielle danny darren dave david dawid deborah debbie denise dennis
        derek diana diane dominic donna dorothy dylan eddie edward eilidh elaine eleanor elena elijah elizabeth ella
        ellie elliot elsie emily emma eric erin ethan eva evan evie ewan fatima felix finlay fiona florence frances
        francis freddie freya gareth gary gavin gemma geoffrey george georgia gerald gillian graham grzegorz gwen
        hamza hannah harriet harry harvey hasan hassan hayley heather helen henry hugh hussain ian ibrahim imran
        imogen irene isaac isabel isabella isabelle isla ismail ivan jacob jade jake james jamie jan jane janet janice
        jason jasmine jayden jean jennifer jenny jeremy jessica jimmy joan joanne joe joel john jonathan jordan joseph
        josephine josh joshua joyce judith julia julie justin kai kamil karen karl kate katherine kathleen katie kayla
        kayleigh keira keith kelly kenneth kerry kevin khadija kieran kim kirsty kyle lauren laura leanne lee leo leon
        leroy lewis liam lily linda lindsay lisa lola lorraine louis louise luca lucas lucy luke lynn maddison madison
        magda mandy marcin marcus margaret maria marie marion martin maryam mary mason mateusz matilda matthew maureen
        max maya megan mehmet melissa mia michael michelle mike millie mohamed mohammad mohammed molly monica muhammad
        mustafa naomi natalie natasha nathan neil niamh nicholas nicola nicole nigel noah noor oliver olivia oluwaseun
        omar oscar owen pamela patricia patrick paul paula pauline peter phil philip phoebe piotr poppy priya rachel
        ralph ravi raymond rebecca rhys richard riley robert robin rohan ronald rory rosie ross roy ruby russell ruth
        ryan sally sam samantha samir samuel sandra sarah scarlett scott sean sebastian shannon sharon shaun sheila
        shirley sian simon sinead siobhan sofia sophia sophie stacey stanley stella stephanie stephen steven stuart
        sunita susan suzanne sylvia tamara tanya tariq teresa terry theo theresa thomas tiffany tim timothy toby tom
        tomasz tony tracey tracy tyler usman valerie vanessa vera veronica victoria vincent wayne wendy william yasmin
        yusuf yvonne zac zach zahra zainab zara zoe zofia
        """
    )
)

# Capitals in the middle of a sentence that name no person.
NO_NAMES = frozenset(
    word_list(
        """
        i i'm i've i'll i'd ok okay monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur
        thurs fri sat sun january february march april may june july august september october november december jan
        feb mar apr jun jul aug sep sept oct nov dec christmas easter eid ramadan diwali hanukkah passover halloween
        new year's eve day bank holiday half term spring summer autumn winter england wales scotland northern ireland
        irish british britain uk united kingdom english welsh scottish european europe polish romanian urdu punjabi
        bengali somali arabic turkish kurdish ukrainian russian french spanish portuguese african asian caribbean
        indian pakistani chinese afghan syrian roma traveller gypsy muslim christian catholic jewish hindu sikh mum
        dad mam nan nana gran grandma grandad granny auntie aunty uncle mother father parent parents baby child
        children brother sister stepdad stepmum year reception nursery key stage school college academy class form
        head teacher headteacher deputy teaching assistant children's adults adult social care services service work
        worker youth early help family support hub front door multi-agency safeguarding designated lead officer board
        partnership team manager council local authority health visitor midwife nurse doctor gp hospital accident
        emergency police force court crown prosecution section act act's regulations care mental capacity human rights
        data protection equality education caldicott guardian guidance working together keeping safe prevent channel
        green paper plan protection need conference core group strategy discussion meeting review child's looked after
        signs graded profile threshold document sharewise ofsted estyn childline nspcc barnardo's samaritans refuge
        mencap mind crimestoppers cafcass camhs marac mash lado ehcp send senco facebook instagram snapchat tiktok
        whatsapp telegram discord youtube roblox fortnite xbox playstation google x-ray x-rays pe dvd wi-fi tv zoom
        teams internet covid christmas' god christ bible quran a&e rsvp dr mr mrs ms miss mx sir madam north south
        east west
        """
    )
)

# Lower-case words after "called", "named" or a title that are no names.
AFTER_CALLED = frozenset(
    word_list(
        """
        a an the this that these those it its him her them they us me my his their our your you he she we i out in on
        off over up down back for to at by with from into about around again and or but if when while after before
        because so as then later twice once first several many every each all both some any no not nobody someone
        somebody everyone home police social children's school mum mum's dad mam nan gran grandma mother father
        parents parent emergency services ambulance nine one camhs mash lado gp nhs childline ofsted today yesterday
        tonight now this morning lazy stupid fat ugly thick useless worthless horrible nasty rude racist bad names
        name names: something things nothing what whatever which who another other others staff reception head teacher
        lead deputy duty office helpline line unexpectedly round away crying upset asking during until since without
        through just only also still never always very too early late neighbour neighbours doctor nurse hospital
        council manager doctors insulting swear hurtful abusive different person people persons contact contacts
        executor individual adult child carer guardian worker
        """
    )
)

# Ordinary subjects of "said" and "told" at the start of a sentence.
SPEAKERS = frozenset(
    word_list(
        """
        he she they it we you who mum mam mummy mother dad daddy father child children son daughter boy girl baby
        sibling siblings brother sister stepdad stepmum stepfather stepmother grandma grandmother gran nan nana
        grandad grandfather grandparent granny aunt auntie uncle cousin carer carers parent parents partner husband
        wife boyfriend girlfriend ex friend friends neighbour neighbours teacher teachers staff nurse doctor gp
        midwife visitor officer police school nursery college hospital worker volunteer volunteers coach leader lead
        deputy colleague colleagues manager everyone somebody someone nobody anyone pupil pupils student students
        resident tenant lodger landlord man woman person people caller family nothing something everything both also
        then later afterwards yesterday today another other others one two three all each neither either which that
        this these those what and but paramedic consultant therapist counsellor youth
        """
    )
)
